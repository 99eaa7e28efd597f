const box=document.querySelector(".search"),field=box.querySelector("input"),told=box.querySelector("output");
box.hidden=false;
field.addEventListener("input",()=>{
  const wanted=field.value.trim().toLowerCase();let shown=0;
  for(const one of document.querySelectorAll("article")){
    one.hidden=!one.textContent.toLowerCase().includes(wanted);
    if(!one.hidden)shown++;
  }
  told.textContent=wanted?shown+" containers match":"";
});
